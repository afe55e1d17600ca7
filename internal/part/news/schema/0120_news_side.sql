-- +goose Up
-- The other installation, where the inside and the public page are two that bundles are
-- carried between by hand.
CREATE TABLE news_side (
	role     TEXT   PRIMARY KEY, -- inside: whose news the public reads here; public: whose readers' opinions the desks here are brought
	key      TEXT   NOT NULL, -- its public key, as it was given once
	sequence BIGINT NOT NULL, -- of the bundle that was taken last; 0 before the first
	manifest TEXT   NOT NULL, -- hash of what that one says it holds
	taken_at BIGINT NOT NULL
);

-- Readers' comments that were brought, by their numbers on the public side.
CREATE TABLE news_side_comment (
	side       TEXT   NOT NULL, -- public key
	theirs     BIGINT NOT NULL,
	comment_id BIGINT NOT NULL,
	PRIMARY KEY (side, theirs)
);
CREATE UNIQUE INDEX news_side_comment_ours ON news_side_comment (comment_id);

-- The desk's unit by its name, of an article that another installation's desk wrote.
ALTER TABLE article ADD COLUMN desk TEXT NOT NULL DEFAULT '';
