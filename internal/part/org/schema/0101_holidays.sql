-- +goose Up
-- The installation's own file of holidays; '' where the profile's hold.
ALTER TABLE organisation ADD COLUMN holidays TEXT NOT NULL DEFAULT '';
