-- +goose Up
-- How secret and how urgent a file is; '' for neither.
ALTER TABLE file ADD COLUMN secrecy TEXT NOT NULL DEFAULT '';
ALTER TABLE file ADD COLUMN urgency TEXT NOT NULL DEFAULT '';
