package access

// Rules are the table of rules.go.
var Rules = rules
