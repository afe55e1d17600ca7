-- +goose Up
-- The second factor of sign-in: a secret that a telephone counts codes from.
CREATE TABLE second_factor (
	person    BIGINT PRIMARY KEY REFERENCES person (id),
	secret    TEXT   NOT NULL,           -- base 32
	confirmed BIGINT NOT NULL DEFAULT 0, -- 0 while it is being set up
	step      BIGINT NOT NULL DEFAULT 0  -- of the last code taken: none is taken twice
);

-- Codes for who has lost the telephone; each serves once.
CREATE TABLE recovery_code (
	code   BYTEA  PRIMARY KEY, -- SHA-256 of the 80-bit code
	person BIGINT NOT NULL REFERENCES person (id),
	used   BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX recovery_code_person ON recovery_code (person);

-- Who has given the right password and not yet the code.
CREATE TABLE half_sign_in (
	token   BYTEA  PRIMARY KEY, -- SHA-256 of what the page holds
	person  BIGINT NOT NULL REFERENCES person (id),
	expires BIGINT NOT NULL
);
