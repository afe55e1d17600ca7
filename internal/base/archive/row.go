package archive

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"

	"giaoban/internal/base/store"
)

// appendRow writes a row as a line of JSON.
func appendRow(line []byte, values []any) []byte {
	line = append(line, '[')
	for i, value := range values {
		if i > 0 {
			line = append(line, ',')
		}
		switch v := value.(type) {
		case nil:
			line = append(line, "null"...)
		case int64:
			line = strconv.AppendInt(line, v, 10)
		case bool:
			line = strconv.AppendBool(line, v)
		case string:
			line = appendText(line, v)
		case []byte:
			line = appendBytes(line, v)
		}
	}
	return append(line, ']', '\n')
}

const hexDigits = "0123456789abcdef"

func appendText(line []byte, s string) []byte {
	if !utf8.ValidString(s) {
		return append(appendBytes(append(line, '['), []byte(s)), ']')
	}
	line = append(line, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			line = append(line, '\\', c)
		case c < ' ':
			line = append(line, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		default:
			line = append(line, c)
		}
	}
	return append(line, '"')
}

func appendBytes(line, b []byte) []byte {
	line = base64.StdEncoding.AppendEncode(append(line, '"'), b)
	return append(line, '"')
}

var errRow = errors.New("a row that its table cannot have")

// parseRow reads what appendRow wrote.
func parseRow(line []byte, columns []store.Column) ([]any, error) {
	values := make([]any, len(columns))
	rest, ok := cut(line, '[')
	for i, column := range columns {
		if i > 0 && ok {
			rest, ok = cut(rest, ',')
		}
		if !ok {
			return nil, errRow
		}
		var err error
		if values[i], rest, err = parseValue(rest, column.Kind); err != nil {
			return nil, fmt.Errorf("column %s: %w", column.Name, err)
		}
	}
	if string(rest) != "]" || !ok {
		return nil, errRow
	}
	return values, nil
}

func cut(line []byte, c byte) ([]byte, bool) {
	if len(line) == 0 || line[0] != c {
		return line, false
	}
	return line[1:], true
}

// parseValue reads the first value of a line.
func parseValue(line []byte, kind store.Kind) (value any, rest []byte, err error) {
	wrapped := false
	if kind == store.Text {
		line, wrapped = cut(line, '[')
	}
	raw, rest := line[:length(line)], line[length(line):]
	if wrapped {
		if rest, wrapped = cut(rest, ']'); !wrapped {
			return nil, nil, errRow
		}
	}
	switch {
	case string(raw) == "null" && !wrapped:
	case kind == store.Integer:
		value, err = strconv.ParseInt(string(raw), 10, 64)
	case kind == store.Boolean && (string(raw) == "true" || string(raw) == "false"):
		value = raw[0] == 't'
	case kind == store.Bytes || wrapped:
		var b []byte
		b, err = parseBytes(raw)
		if value = b; wrapped {
			value = string(b)
		}
	case kind == store.Text:
		var s string
		err = json.Unmarshal(raw, &s)
		value = s
	default:
		err = errRow
	}
	return value, rest, err
}

// length is how long the first value of a line is.
func length(line []byte) int {
	if len(line) == 0 || line[0] != '"' {
		for i, c := range line {
			if c == ',' || c == ']' {
				return i
			}
		}
		return len(line)
	}
	for i := 1; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(line)
}

func parseBytes(raw []byte) ([]byte, error) {
	if len(raw) < 2 || raw[0] != '"' || raw[len(raw)-1] != '"' {
		return nil, errRow
	}
	b := make([]byte, base64.StdEncoding.DecodedLen(len(raw)-2))
	n, err := base64.StdEncoding.Decode(b, raw[1:len(raw)-1])
	return b[:n], err
}
