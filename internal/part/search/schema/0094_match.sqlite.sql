-- +goose Up
-- All of a token is one word: letters beyond ASCII are never taken apart or folded here.
CREATE VIRTUAL TABLE search_match USING fts5 (tokens, content = 'search_entry', content_rowid = 'id', detail = 'none', tokenize = 'ascii', prefix = '2 3 4');
-- Fewer, larger parts: each word that is typed is looked up in all of them.
INSERT INTO search_match (search_match, rank) VALUES ('automerge', 2);

-- +goose StatementBegin
CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN
	INSERT INTO search_match (rowid, tokens) VALUES (new.id, new.tokens);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry BEGIN
	INSERT INTO search_match (search_match, rowid, tokens) VALUES ('delete', old.id, old.tokens);
END;
-- +goose StatementEnd
