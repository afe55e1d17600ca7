-- +goose Up
-- Addresses that comments were sent with.
CREATE TABLE news_reader (
	id         ROWID_KEY,
	address    TEXT   NOT NULL UNIQUE, -- in lower case; 'erased' and the id once its owner had it erased
	confirmed_at BIGINT NOT NULL, -- when its owner said that it is theirs; 0 before that
	asked      BIGINT NOT NULL, -- letters that asked for that
	asked_at   BIGINT NOT NULL, -- the last of them; 0 for none
	listed_at  BIGINT NOT NULL  -- when a link to all its comments was last asked for; 0 for never
);
INSERT INTO news_reader (address, confirmed_at, asked, asked_at, listed_at)
	SELECT DISTINCT LOWER(email), 0, 0, 0, 0 FROM news_comment WHERE email <> '';

ALTER TABLE news_comment ADD COLUMN reader_id BIGINT NOT NULL DEFAULT 0; -- of its address; 0 for none
ALTER TABLE news_comment ADD COLUMN wants BIGINT NOT NULL DEFAULT 0; -- 1: the reader wants to hear when it is shown
ALTER TABLE news_comment ADD COLUMN told BIGINT NOT NULL DEFAULT 0; -- position of the event because of which the reader was told; 0 before
CREATE INDEX news_comment_reader ON news_comment (reader_id);
UPDATE news_comment SET reader_id = (SELECT r.id FROM news_reader r WHERE r.address = LOWER(news_comment.email)) WHERE email <> '';
