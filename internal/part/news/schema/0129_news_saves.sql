-- +goose Up
-- The open page that saved an article last, by the name that it gave itself, and the revision
-- that the run of its saves began on: an answer that was lost on the way is no conflict.
ALTER TABLE article ADD COLUMN page TEXT NOT NULL DEFAULT '';
ALTER TABLE article ADD COLUMN page_since BIGINT NOT NULL DEFAULT 0;

-- The list of a desk is found by what it shows, without reading the texts: they are long.
CREATE INDEX article_desk ON article (unit_id, saved_at, id, state, stage, headline);
DROP INDEX article_unit;

-- Articles of one moment stand in the order of their ids, and the newest come from the index.
CREATE INDEX article_newest ON article (state, published_at, id);
DROP INDEX article_public;
