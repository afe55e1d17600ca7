-- +goose Up
-- Figures of a unit's board that its office gives the public, once a leader cleared them.
CREATE TABLE public_board (
	id           ROWID_KEY,
	key          TEXT   NOT NULL UNIQUE, -- of the form: one key, one board
	unit_id      BIGINT NOT NULL, -- whose board it is
	directive_id BIGINT NOT NULL,
	title        TEXT   NOT NULL,
	slug         TEXT   NOT NULL, -- of its address
	cells        TEXT   NOT NULL, -- JSON: milestone and level of each figure, in their order
	asked_for    BIGINT NOT NULL, -- the moment whose figures a leader is asked to clear; 0 where none is
	asked_by     TEXT   NOT NULL,
	asked_at     BIGINT NOT NULL,
	version      BIGINT NOT NULL, -- of the clearing that the public sees; 0 before the first
	withdrawn_at BIGINT NOT NULL, -- 0 where it is not
	withdrawn_by TEXT   NOT NULL, -- name and post
	reason       TEXT   NOT NULL  -- of the withdrawal
);
CREATE INDEX public_board_unit ON public_board (unit_id, id);

-- What a leader cleared: the figures as they were, for ever.
CREATE TABLE public_board_cleared (
	board_id   BIGINT NOT NULL,
	version    BIGINT NOT NULL,
	cleared    TEXT   NOT NULL, -- JSON: moment, figures, who cleared them
	cleared_at BIGINT NOT NULL,
	PRIMARY KEY (board_id, version)
);
