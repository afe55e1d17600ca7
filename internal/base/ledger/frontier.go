package ledger

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// frontier is the hashes of a tree from which those are computed that come
// after it: one for each perfect subtree on its right edge.
type frontier map[int64]tlog.Hash

// ReadHashes gives the hashes at the stored indexes, as tlog asks for them.
func (f frontier) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	list := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		hash, ok := f[index]
		if !ok {
			return nil, fmt.Errorf("hash %d of the tree was not kept", index)
		}
		list[i] = hash
	}
	return list, nil
}

// keepFrontier keeps of a tree what is needed to grow it. Computing its root
// reads just those hashes.
func (v *verification) keepFrontier(tree *growing) error {
	kept := frontier{}
	_, err := tlog.TreeHash(v.leaves, tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		list, err := tree.ReadHashes(indexes)
		for i, hash := range list {
			kept[indexes[i]] = hash
		}
		return list, err
	}))
	v.frontier = kept
	return err
}
