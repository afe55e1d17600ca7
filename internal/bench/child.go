package bench

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
)

// child is a process of this program beside the measuring one: what it takes of memory and
// processor is not the measured program's. It is told what to do, and answers, by a line of JSON each.
type child struct {
	process *exec.Cmd
	tell    io.WriteCloser
	answers *json.Decoder
}

// begin starts the program as one of its commands.
func begin(ctx context.Context, program, command string) (*child, error) {
	c := &child{process: exec.CommandContext(ctx, program, command)}
	c.process.Args[0] = os.Args[0] // the name that this program was started under
	c.process.Stderr = os.Stderr
	var err error
	if c.tell, err = c.process.StdinPipe(); err != nil {
		return nil, err
	}
	answers, err := c.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.answers = json.NewDecoder(answers)
	return c, c.process.Start()
}

func (c *child) ask(question, answer any) error {
	if err := json.NewEncoder(c.tell).Encode(question); err != nil {
		return err
	}
	return c.answers.Decode(answer)
}

// close ends the process.
func (c *child) close() error {
	return errors.Join(c.tell.Close(), c.process.Wait())
}
