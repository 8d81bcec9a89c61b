"""What a visit leaves behind, as records: contacts, their initiators, storage, the parties behind hosts, what the server sent."""
