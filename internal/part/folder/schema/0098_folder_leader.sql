-- +goose Up
-- What was entered in a leader's name, and what of it the leader says is wrong, is asked
-- for on every page.
CREATE INDEX folder_leader ON folder (leader_id);
CREATE INDEX folder_slip_entered ON folder_slip (entered_by, verdict);
