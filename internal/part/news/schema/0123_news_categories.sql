-- +goose Up
-- Categories that a desk keeps; a desk without a row lets each text name its own.
CREATE TABLE news_categories (
	unit_id BIGINT PRIMARY KEY,
	list    TEXT   NOT NULL -- JSON: in the desk's order, each with the names it had before
);
