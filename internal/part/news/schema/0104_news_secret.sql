-- +goose Up
-- The key by which the checks of readers' comments are made: one row, the installation's.
CREATE TABLE news_secret (
	id     INTEGER PRIMARY KEY,
	secret TEXT    NOT NULL -- 64 hexadecimal digits
);
