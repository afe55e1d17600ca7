-- +goose Up
-- What the public can find, as it reads now.
CREATE TABLE news_entry (
	id         BIGINT NOT NULL PRIMARY KEY, -- orders: the minute it was published, the article
	article_id BIGINT NOT NULL,
	tokens     TEXT   NOT NULL -- what is matched, between spaces
);
CREATE UNIQUE INDEX news_entry_article ON news_entry (article_id);

-- By which lists articles that are published are found.
CREATE TABLE news_label (
	sort       TEXT   NOT NULL, -- category, tag, author
	key        TEXT   NOT NULL, -- of its address
	entry_id   BIGINT NOT NULL, -- orders as in news_entry
	article_id BIGINT NOT NULL,
	name       TEXT   NOT NULL, -- as the article writes it
	PRIMARY KEY (sort, key, entry_id)
);
CREATE INDEX news_label_newest ON news_label (sort, entry_id);
CREATE INDEX news_label_article ON news_label (article_id);
