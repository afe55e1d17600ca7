-- +goose Up
-- 1: with picture and sound; 0: on the board alone, the rooms have their own.
ALTER TABLE briefing ADD COLUMN media INTEGER NOT NULL DEFAULT 0;
