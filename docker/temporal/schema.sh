#!/bin/sh
# Brings Temporal's two databases to the schema of this release; does nothing when they are there.
# Host, port, user and password come from SQL_HOST, SQL_PORT, SQL_USER and SQL_PASSWORD.
set -eu

schemas=/etc/temporal/schema/postgresql/v12

bring_up() {
    temporal-sql-tool --plugin postgres12 --db "$1" setup-schema -v 0.0
    temporal-sql-tool --plugin postgres12 --db "$1" update-schema -d "$schemas/$2/versioned"
}

bring_up temporal temporal
bring_up temporal_visibility visibility
