-- +goose Up
-- The last event; "before" is the time of the event before the last
-- transaction's, so that one statement moves the head and tells from where.
CREATE TABLE ledger_head (
	id       INTEGER PRIMARY KEY CHECK (id = 1),
	position BIGINT NOT NULL,
	time     BIGINT NOT NULL,
	before   BIGINT NOT NULL
);
INSERT INTO ledger_head (id, position, time, before) VALUES (1, 0, 0, 0);

CREATE TABLE event (
	position BIGINT PRIMARY KEY,
	time     BIGINT NOT NULL,
	actor    TEXT   NOT NULL,
	unit     BIGINT NOT NULL,
	kind     TEXT   NOT NULL,
	subject  TEXT   NOT NULL,
	leaf     BYTEA  NOT NULL
);
CREATE INDEX event_subject ON event (subject, position);
CREATE INDEX event_time ON event (time, position);

CREATE TABLE event_payload (
	position BIGINT PRIMARY KEY,
	salt     BYTEA NOT NULL,
	payload  TEXT  NOT NULL
);

-- The Merkle tree's hashes in the order of tlog.StoredHashIndex.
CREATE TABLE ledger_hash (
	id   BIGINT PRIMARY KEY,
	hash BYTEA NOT NULL
);

CREATE TABLE ledger_checkpoint (
	size BIGINT PRIMARY KEY,
	time BIGINT NOT NULL,
	note TEXT   NOT NULL
);
