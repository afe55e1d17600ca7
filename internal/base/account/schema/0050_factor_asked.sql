-- +goose Up
-- The roles whose holders have to sign in by two steps, or by a passkey.
CREATE TABLE factor_asked (
	role TEXT PRIMARY KEY
);

-- Whether the session was opened by a passkey, which is two factors by itself.
ALTER TABLE session ADD COLUMN passkey BIGINT NOT NULL DEFAULT 0;
