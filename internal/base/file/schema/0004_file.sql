-- +goose Up
-- A file that somebody attached. Its bytes lie in the folder of files under the
-- hash that the id begins with.
CREATE TABLE file (
	id          TEXT   PRIMARY KEY, -- SHA-256 of the content in hex, "-" and 8 random bytes in hex
	name        TEXT   NOT NULL, -- as shown and downloaded, without any folder
	size        BIGINT NOT NULL, -- bytes
	type        TEXT   NOT NULL, -- pdf, docx, xlsx, png, jpg
	unit_id     BIGINT NOT NULL, -- the unit it was attached for
	uploaded_by BIGINT NOT NULL,
	at          BIGINT NOT NULL
);
CREATE INDEX file_unit ON file (unit_id, at);
