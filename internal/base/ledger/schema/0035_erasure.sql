-- +goose Up
-- Of an erased payload its salted hash alone is kept: who did what and when is
-- still proven, and without the salt nobody can guess what it said.
CREATE TABLE ledger_erasure (
	position BIGINT PRIMARY KEY,
	hash     BYTEA NOT NULL
);
