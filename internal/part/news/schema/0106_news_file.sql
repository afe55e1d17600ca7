-- +goose Up
-- Files that a desk attaches to its articles.
CREATE TABLE news_file (
	id         TEXT   PRIMARY KEY, -- of the file
	key        TEXT   NOT NULL, -- of the form: one key, one file
	unit_id    BIGINT NOT NULL, -- whose desk uploaded it
	added_by   TEXT   NOT NULL,
	added_at   BIGINT NOT NULL
);
CREATE UNIQUE INDEX news_file_key ON news_file (unit_id, key);
