-- +goose Up
-- What the comment is about, in the desk's own short word; '' for none.
ALTER TABLE news_comment ADD COLUMN topic TEXT NOT NULL DEFAULT '';
