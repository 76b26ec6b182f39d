"""The installation's settings, as processes are given them.

Every setting has its unit in its name and stands in `.env.example`. What a brand decides is not
here but in `BrandSettings`.
"""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.errors import ConfigurationError


class Settings(BaseSettings):
    """Settings of one process, from the environment and from `.env`.

    Attributes:
        api_host: Address the API listens on.
        api_port: Its port.
        api_key: Bearer token of the operator API; `make run` makes one in `data_dir`.
        console_port: Kept for the operator console.
        sandbox: `auto` emulates the vendors whose credentials are not set, `off` emulates none.
        sandbox_port: Port of the emulated vendors.
        temporal_address: A server's host:port; unset starts the embedded one.
        temporal_namespace: Namespace.
        temporal_tls: Speak TLS to that server, as Temporal Cloud demands.
        temporal_api_key: Key that the server asks for; needs TLS, and is never logged.
        temporal_deployment_name: Name of this deployment of workers; conversations then stay on
            the build they began with until their next turn. Unset runs workers unversioned.
        temporal_build_id: Build of this worker; set together with the name.
        temporal_port: Port of the embedded server.
        temporal_ui_port: Port of its web UI.
        data_dir: Where the databases of a local installation live.
        database_url: SQLAlchemy URL; unset is SQLite in `data_dir`.
        public_base_url: Address at which providers reach the API: what they sign.
        payload_keys: Keys that seal what Temporal stores, "name:base64" separated by commas, the
            current one first; unset stores it readable.
        temporal_ui_url: Web page of the Temporal UI, which alone may ask the codec endpoint; unset
            is the embedded server's.
        brand_files: YAML files of the brands that `up` imports, separated by commas.
        worker_model_slots: Model calls at the same time.
        log_level: Least level that is logged.
    """

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    api_host: str = "127.0.0.1"
    api_port: int = Field(default=8000, ge=1, le=65535)
    api_key: SecretStr | None = None
    console_port: int = Field(default=8080, ge=1, le=65535)
    sandbox: Literal["auto", "off"] = "auto"
    sandbox_port: int = Field(default=8900, ge=1, le=65535)
    temporal_address: str | None = None
    temporal_namespace: str = "default"
    temporal_tls: bool = False
    temporal_api_key: SecretStr | None = None
    temporal_deployment_name: str | None = None
    temporal_build_id: str | None = None
    temporal_port: int = Field(default=7233, ge=1, le=65535)
    temporal_ui_port: int = Field(default=8233, ge=1, le=65535)
    data_dir: Path = Path("var")
    database_url: str | None = Field(default=None, pattern=r"^(sqlite|postgresql(\+psycopg)?)://")
    public_base_url: str | None = None
    payload_keys: SecretStr | None = None
    temporal_ui_url: str | None = None
    brand_files: str = "sandbox/demo/brand.yaml"
    worker_model_slots: int = Field(default=20, ge=1, le=1000)
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    twilio_account_sid: str | None = None
    twilio_auth_token: SecretStr | None = None
    twilio_api_key: str | None = None
    twilio_api_secret: SecretStr | None = None
    twilio_messaging_service_sid: str | None = None
    twilio_base_url: str | None = None
    twilio_accounts_base_url: str | None = None

    shopify_base_url: str | None = None
    klaviyo_base_url: str | None = None

    model_adapter: Literal["responses", "chat"] = "responses"
    model_name: str | None = None
    model_api_key: SecretStr | None = None
    model_base_url: str | None = None
    model_timeout_seconds: float = Field(default=25, gt=0, le=28)

    @model_validator(mode="after")
    def _deployment_is_whole(self) -> Self:
        if (self.temporal_deployment_name is None) != (self.temporal_build_id is None):
            msg = "TEMPORAL_DEPLOYMENT_NAME and TEMPORAL_BUILD_ID belong together: set both or none"
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _temporal_key_is_guarded(self) -> Self:
        if self.temporal_tls and self.temporal_address is None:
            raise ValueError("TEMPORAL_TLS needs TEMPORAL_ADDRESS: the embedded server has no TLS")
        if self.temporal_api_key is not None and not self.temporal_tls:
            msg = "TEMPORAL_API_KEY needs TEMPORAL_TLS=true: without it the key travels readable"
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _ports_differ(self) -> Self:
        ports = {
            "API_PORT": self.api_port,
            "CONSOLE_PORT": self.console_port,
            "SANDBOX_PORT": self.sandbox_port,
            "TEMPORAL_PORT": self.temporal_port,
            "TEMPORAL_UI_PORT": self.temporal_ui_port,
        }
        owners: dict[int, str] = {}
        for name, port in ports.items():
            other = owners.setdefault(port, name)
            if other != name:
                msg = f"{other} and {name} are both {port}: give them different ports"
                raise ValueError(msg)
        return self

    @property
    def api_url(self) -> str:
        """Where processes on this machine reach the API."""
        return f"http://127.0.0.1:{self.api_port}"

    @property
    def sandbox_url(self) -> str:
        """Where the emulated vendors answer."""
        return f"http://127.0.0.1:{self.sandbox_port}"

    @property
    def temporal_target(self) -> str:
        """Host and port of the Temporal server in use."""
        return self.temporal_address or f"127.0.0.1:{self.temporal_port}"

    @property
    def public_url(self) -> str:
        """Address at which providers reach the API, without a slash at the end."""
        return (self.public_base_url or self.api_url).rstrip("/")

    @property
    def temporal_ui_origin(self) -> str:
        """Origin of the Temporal UI's page."""
        url = self.temporal_ui_url or f"http://127.0.0.1:{self.temporal_ui_port}"
        return url.rstrip("/")

    @property
    def operator_key_file(self) -> Path:
        """Where `up` keeps the operator key it has made."""
        return self.data_dir / "api-key"

    @property
    def database(self) -> str:
        """The database's URL."""
        return self.database_url or f"sqlite:///{self.data_dir / 'agent.db'}"


def load_settings() -> Settings:
    """Read the settings.

    Raises:
        ConfigurationError: One cannot be read; the sentence names it and what was expected.
    """
    try:
        return Settings()
    except UnicodeDecodeError as error:
        raise ConfigurationError(".env: not UTF-8; save the file as UTF-8") from error
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc']).upper() or 'settings'}: {fault['msg']}"
            for fault in error.errors(include_input=False, include_url=False)
        )
        raise ConfigurationError(f"{problems} (environment or .env)") from None
