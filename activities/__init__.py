"""One port call, or one recorded verdict, each; failures translated; no business rule."""
