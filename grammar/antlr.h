#pragma once

/// What the generated parser needs of ANTLR's runtime. The runtime's own header of all headers takes more than a second to
/// compile and, with clang in C++20, fails (its InterpreterDataReader.h).
#include <ANTLRErrorStrategy.h>
#include <CommonToken.h>
#include <InputMismatchException.h>
#include <NoViableAltException.h>
#include <Parser.h>
#include <ParserRuleContext.h>
#include <TokenStream.h>
#include <Vocabulary.h>
#include <atn/ATN.h>
#include <atn/ATNDeserializer.h>
#include <atn/ParserATNSimulator.h>
#include <dfa/DFA.h>
#include <misc/IntervalSet.h>
#include <support/CPPUtils.h>
#include <tree/TerminalNode.h>
