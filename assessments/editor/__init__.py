"""The bank editor: people who write content change drafts of the bank here. Nothing but `urls` imports this room."""
