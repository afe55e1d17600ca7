-- +goose Up
-- Rules that a comment met when it was sent: their names, parted by spaces; '' for none.
ALTER TABLE news_comment ADD COLUMN met TEXT NOT NULL DEFAULT '';
-- Keyed hash of the range of network addresses it came from; '' once its time was over.
ALTER TABLE news_comment ADD COLUMN origin TEXT NOT NULL DEFAULT '';
-- Hash of its words, by which those sent elsewhere are known; '' of what was sent before.
ALTER TABLE news_comment ADD COLUMN words TEXT NOT NULL DEFAULT '';
CREATE INDEX news_comment_origin ON news_comment (origin, sent_at);
CREATE INDEX news_comment_words ON news_comment (words, sent_at);

-- What a desk does about comments by itself; a desk without a row has the program's rules.
CREATE TABLE news_rules (
	unit_id BIGINT PRIMARY KEY,
	rules   TEXT   NOT NULL -- JSON
);
