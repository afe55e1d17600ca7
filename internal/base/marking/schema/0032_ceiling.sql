-- +goose Up
-- The highest secrecy that this installation takes in; '' for ordinary.
CREATE TABLE ceiling (
	id    INTEGER PRIMARY KEY CHECK (id = 1),
	level TEXT    NOT NULL
);
INSERT INTO ceiling (id, level) VALUES (1, '');
