"""The texts the model is told, as Markdown with `$name` placeholders."""
