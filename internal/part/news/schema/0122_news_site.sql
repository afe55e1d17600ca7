-- +goose Up
-- How the office shows the public page; no row before it was set.
CREATE TABLE news_site (
	id   BIGINT PRIMARY KEY, -- 1: there is one public page
	site TEXT   NOT NULL, -- JSON
	logo TEXT   NOT NULL  -- the picture of it, which everybody is given; '' for none
);
