"""The command line: `sms-agent`."""
