-- +goose Up
-- Articles of the public page.
CREATE TABLE article (
	id         ROWID_KEY,
	key        TEXT   NOT NULL UNIQUE, -- of the form: one key, one article
	unit_id    BIGINT NOT NULL, -- whose desk writes it
	state      TEXT   NOT NULL, -- draft, published, withdrawn
	slug       TEXT   NOT NULL, -- of its address, from the headline that was published first; '' before that
	text       TEXT   NOT NULL, -- JSON: what the desk writes on
	revision   BIGINT NOT NULL, -- counts the saves
	editor     TEXT   NOT NULL, -- name of who saved last
	saved_at   BIGINT NOT NULL,
	headline   TEXT   NOT NULL, -- of the text, for lists of the desk
	version    BIGINT NOT NULL, -- that the public reads; 0 before the first
	published_at BIGINT NOT NULL, -- first; 0 before that
	changed_at BIGINT NOT NULL, -- when the public text last changed
	reason     TEXT   NOT NULL, -- of a withdrawal
	comments   TEXT   NOT NULL  -- open, closed
);
CREATE INDEX article_unit ON article (unit_id, saved_at);
CREATE INDEX article_public ON article (state, published_at);

-- What the public was given to read, each version for ever.
CREATE TABLE article_version (
	article_id BIGINT NOT NULL,
	version    BIGINT NOT NULL,
	text       TEXT   NOT NULL, -- JSON
	note       TEXT   NOT NULL, -- what was corrected; '' for the first
	editor     TEXT   NOT NULL,
	published_at BIGINT NOT NULL,
	PRIMARY KEY (article_id, version)
);

-- Opinions of readers.
CREATE TABLE news_comment (
	id         ROWID_KEY,
	article_id BIGINT NOT NULL,
	unit_id    BIGINT NOT NULL, -- whose desk looks after it
	name       TEXT   NOT NULL,
	email      TEXT   NOT NULL, -- never shown; '' for none
	text       TEXT   NOT NULL,
	sent_at    BIGINT NOT NULL,
	state      TEXT   NOT NULL, -- waiting, shown, refused
	decided_by TEXT   NOT NULL,
	decided_at BIGINT NOT NULL,
	reason     TEXT   NOT NULL, -- of a refusal
	reply      TEXT   NOT NULL, -- of the desk; '' for none
	replied_at BIGINT NOT NULL
);
CREATE INDEX news_comment_article ON news_comment (article_id, state, id);
CREATE INDEX news_comment_unit ON news_comment (unit_id, state, id);

-- Checks that were passed: each lets one comment in.
CREATE TABLE news_check (
	nonce   TEXT   PRIMARY KEY,
	comment_id BIGINT NOT NULL,
	used_at BIGINT NOT NULL
);
