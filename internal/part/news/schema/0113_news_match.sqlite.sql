-- +goose Up
-- All of a token is one word: letters beyond ASCII are never taken apart or folded here.
CREATE VIRTUAL TABLE news_match USING fts5 (tokens, content = 'news_entry', content_rowid = 'id', detail = 'none', tokenize = 'ascii');

-- +goose StatementBegin
CREATE TRIGGER news_entry_added AFTER INSERT ON news_entry BEGIN
	INSERT INTO news_match (rowid, tokens) VALUES (new.id, new.tokens);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER news_entry_gone AFTER DELETE ON news_entry BEGIN
	INSERT INTO news_match (news_match, rowid, tokens) VALUES ('delete', old.id, old.tokens);
END;
-- +goose StatementEnd
