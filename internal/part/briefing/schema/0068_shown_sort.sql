-- +goose Up
-- How the rows of the board that is shown are sorted: '', least, late.
ALTER TABLE briefing ADD COLUMN shown_sort TEXT NOT NULL DEFAULT '';
