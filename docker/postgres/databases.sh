#!/bin/sh
# Makes the roles and databases of the product and of Temporal, each owned by itself and closed to
# the other. The PostgreSQL image runs this once, when its volume is empty.
set -eu

psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set agent_password="$AGENT_DB_PASSWORD" \
    --set temporal_password="$TEMPORAL_DB_PASSWORD" <<'SQL'
CREATE ROLE agent LOGIN PASSWORD :'agent_password';
CREATE ROLE temporal LOGIN PASSWORD :'temporal_password';
CREATE DATABASE agent OWNER agent;
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
REVOKE ALL ON DATABASE agent, temporal, temporal_visibility FROM PUBLIC;
SQL
