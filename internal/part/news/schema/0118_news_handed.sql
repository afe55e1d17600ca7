-- +goose Up
-- The difficulty that the desk made of the comment; 0 for none.
ALTER TABLE news_comment ADD COLUMN difficulty_id BIGINT NOT NULL DEFAULT 0;
CREATE INDEX news_comment_difficulty ON news_comment (difficulty_id);
