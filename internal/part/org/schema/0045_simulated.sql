-- +goose Up
-- Whether all that the installation holds is made up.
ALTER TABLE organisation ADD COLUMN simulated BOOLEAN NOT NULL DEFAULT FALSE;
