-- +goose Up
-- The secret address at which a person's calendar program reads the person's tasks; one
-- at a time.
CREATE TABLE task_calendar (
	person_id BIGINT NOT NULL PRIMARY KEY,
	code      BYTEA  NOT NULL UNIQUE, -- SHA-256 of what the address holds
	made_at   BIGINT NOT NULL
);
