"""The processes of a one-command installation, kept alive by one parent that stays small: standard library only."""
