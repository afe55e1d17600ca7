-- +goose Up
CREATE TABLE follower (
	name     TEXT PRIMARY KEY,
	position BIGINT NOT NULL
);
