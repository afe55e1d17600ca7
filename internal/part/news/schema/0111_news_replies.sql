-- +goose Up
-- The comment that one answers; 0 for none.
ALTER TABLE news_comment ADD COLUMN parent BIGINT NOT NULL DEFAULT 0;
-- How many readers agree with it.
ALTER TABLE news_comment ADD COLUMN agreed BIGINT NOT NULL DEFAULT 0;

-- Who agrees with a comment: each browser once.
CREATE TABLE news_agreement (
	comment_id BIGINT NOT NULL,
	browser TEXT   NOT NULL, -- hash of what its cookie says
	origin  TEXT   NOT NULL, -- keyed hash of the range of network addresses; '' once its time was over
	agreed_at BIGINT NOT NULL,
	PRIMARY KEY (comment_id, browser)
);
CREATE INDEX news_agreement_origin ON news_agreement (comment_id, origin);
