"""How the language pipeline is made: corpora, templates, training. Nothing here is imported by the package."""
