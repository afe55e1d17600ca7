-- +goose Up
-- Pictures of a desk, each cut once: another cut of it is another picture.
CREATE TABLE news_picture (
	id         TEXT   PRIMARY KEY, -- of the file that is its widest rendition: it begins with the hash of what is shown
	key        TEXT   NOT NULL, -- of the form: one key, one picture
	unit_id    BIGINT NOT NULL, -- whose desk uploaded it
	master     TEXT   NOT NULL, -- the file that it is cut from
	focus      TEXT   NOT NULL, -- JSON: the part of the master that is shown
	added_by   TEXT   NOT NULL,
	added_at   BIGINT NOT NULL
);
CREATE UNIQUE INDEX news_picture_key ON news_picture (unit_id, key);

-- A picture in the widths that pages fetch.
CREATE TABLE news_rendition (
	picture_id TEXT   NOT NULL,
	width      BIGINT NOT NULL, -- pixels
	height     BIGINT NOT NULL,
	file       TEXT   NOT NULL,
	PRIMARY KEY (picture_id, width)
);

-- Pictures and files of the versions that the public reads now: nobody else's are given
-- to the public.
CREATE TABLE news_shown (
	article_id BIGINT NOT NULL,
	item       TEXT   NOT NULL, -- of a picture or a file
	PRIMARY KEY (article_id, item)
);
CREATE INDEX news_shown_item ON news_shown (item);
