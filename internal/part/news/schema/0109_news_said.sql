-- +goose Up
-- What the desk cut out of a comment: JSON, from and to in bytes of its text; '' for nothing.
ALTER TABLE news_comment ADD COLUMN cuts TEXT NOT NULL DEFAULT '';

-- What was said, so that the same sent twice appears once.
CREATE TABLE news_said (
	said    TEXT   PRIMARY KEY, -- hash of article, name and words
	comment_id BIGINT NOT NULL, -- that said it last
	sent_at BIGINT NOT NULL
);
