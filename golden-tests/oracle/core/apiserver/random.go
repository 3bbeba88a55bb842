package apiserver

import (
	"math/rand"
	"sync"
	_ "unsafe" // for go:linkname
)

// NameSuffix is what the random five characters of generated names become.
const NameSuffix = "bbbbb"

// rng is the generator behind every generated name. Fixing it, rather than
// rewriting names afterwards, keeps results right even where a patch cuts or
// hashes a generated name. Seed is no way out: it gives every name of a run
// another suffix, which then depends on the order of evaluation.
//
//go:linkname rng k8s.io/apimachinery/pkg/util/rand.rng
var rng struct {
	sync.Mutex
	rand *rand.Rand
}

// FixNames makes all generated names end in NameSuffix.
func FixNames() {
	rng.Lock()
	defer rng.Unlock()
	rng.rand = rand.New(constant{})
}

// constant makes the generator pick the first letter of its alphabet always.
type constant struct{}

func (constant) Int63() int64 { return 0 }
func (constant) Seed(int64)   {}
