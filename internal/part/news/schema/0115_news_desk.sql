-- +goose Up
-- What was saved at desks: a row for each sitting of one person, the newest of an article
-- kept; and what somebody wrote at the same time as another and did not take.
CREATE TABLE article_revision (
	id         ROWID_KEY,
	article_id BIGINT NOT NULL,
	revision   BIGINT NOT NULL, -- of the article; of what was set aside, the one it was written on
	kind       TEXT   NOT NULL, -- saved, aside
	text       TEXT   NOT NULL, -- JSON
	editor     TEXT   NOT NULL,
	begun_at   BIGINT NOT NULL, -- of the sitting
	saved_at   BIGINT NOT NULL
);
CREATE INDEX article_revision_article ON article_revision (article_id, id);
INSERT INTO article_revision (article_id, revision, kind, text, editor, begun_at, saved_at)
	SELECT id, revision, 'saved', text, editor, saved_at, saved_at FROM article ORDER BY id;

-- Who has an article open to write on it.
CREATE TABLE article_open (
	article_id BIGINT NOT NULL,
	person_id  BIGINT NOT NULL,
	name       TEXT   NOT NULL,
	seen_at    BIGINT NOT NULL,
	PRIMARY KEY (article_id, person_id)
);
