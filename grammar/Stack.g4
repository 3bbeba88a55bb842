/*
The stack definition language on one page.

WORDS    Names are letters, digits, `_` and inner dashes: `default-worker`. So subtraction needs spaces: `a - b`.
         Keywords, never names: if then else match for in has true false let. All other words of this grammar (`stack`,
         `image`, `delete` …) are usable as names and as record keys. A keyword followed by `:` is a record key, and a
         keyword after a dot is a member. Other keys are quoted: "node-role.kubernetes.io/x": 1.
NOTES    `// text` is a comment, `/// text` documents the declaration, entry or field that follows.
LINES    Line ends mean nothing, with two exceptions: the `(` of a call stands on the line of what is called, and a `-`
         that starts a line and touches what follows is a sign, not a subtraction.
COMMAS   Optional between entries, items of a stack, sections and match arms. Required between the items of a list and the
         arguments of a call or a type. Allowed behind the last one everywhere.
NUMBERS  42, 1_000_000, 1.5. A version (1.34.7) stands only behind `kubernetes`; elsewhere it is text in quotes.
TEXT     "one line with ${interpolation}", escapes \n \t \r \" \\ \$ \u{1F600}. A `$` without `{` and `{{ braces }}` are
         plain text. """ and a line end start a text block that ends with """ on its own line: no escapes, no
         interpolation, the common indentation removed, the last line end kept.
FILE     `import` lines first; then `type`, `let`, `provider` and `stack` in any order.
STACK    kubernetes 1.34.7 { ccm: "2.34.2" }            one line per Kubernetes version, with its facts
         variable replicas: Int(1..9) = 3               what a cluster may set
         infrastructure { … }  targets { … }            records, as are the sections inside
         control-plane { machine { … } kubeadm { … } }
         workers default-worker { machine { … } }
         addon cni from addons.cilium("1.18.9") { values { … } }
         stages { BeforeClusterUpgrade: [cni before { … }, delete old-cni] }
         image "ubuntu-${kubernetes.version}" { … }     and `images [ … ]` for a list of such records
         let, type                                      as in a file
TYPES    Bool  Number  Any  Int(0..)  String(1..63)  String(pattern: "^a")  module.Name  "one" | "two"  Name | ""  [T](1..10, unique)
         {String: T} (a map)  { field: T = default, other: T? }; a `?` behind a type: may be absent.
VALUES   From loose to tight:
           if c then a else b      match e { "x" | "y" => 1  _ => 2 }
           ||    &&    == != < <= > >= (one per operand)    ??    + -    * / %    ! - has    .member  call(a, b)
         [a, if c { b } else { d }]   [for x in xs if c { x }]   [for key, value in map { value }]
         { key: value, if c { other: value } else { … } }
         The outer braces of a comprehension and of `if` in a list belong to them: [for x in xs { { id: x } }].
         A record as the first thing of a condition needs parentheses.

Reserved for later, errors today: `stack x extends y`, `conforms …` in a stack, `test "…" for x { … }`,
`rule NAME must "…" { … }`.

This grammar is LL(1) and must stay so: the generated parser then decides by one token, without ANTLR's prediction
machinery (the build fails otherwise). What would need more is settled by compiler/parse before: the lexer tells a call's
`(` (CallParen, here '(') from a grouping one (GroupParen) and a sign (Negate) from a subtraction; the tree builder applies
the precedence of operators and demands the required commas. Rules that hold lists of items are written
`'{' (items+=item ','?)* '}'`; compiler/parse/recovery.cpp knows them by name.
*/
parser grammar Stack;

options { tokenVocab = StackTokens; }

moduleFile : items+=moduleItem* EOF ;

moduleItem
  : annotations+=annotation*
    ( importLine=importDeclaration
    | typeLine=typeDeclaration
    | letLine=letDeclaration
    | providerBlock=providerDeclaration
    | stackBlock=stackDeclaration
    )
  ;

annotation : '@' label=name args=arguments? ;

importDeclaration : 'import' ( target=name | path=String ) ( 'as' alias=name )? ;

typeDeclaration : 'type' label=name '=' body=typeExpression ;

letDeclaration
  : 'let' label=name signature=parameters? ( ':' result=typeExpression )? '=' value=expression ;

parameters : '(' ( items+=parameter ','? )* ')' ;

parameter : label=name ':' declared=typeExpression ;

providerDeclaration : 'provider' label=name body=record ;

// Later: `stack x extends y { … }`.
stackDeclaration : 'stack' label=name 'on' provider=name body=stackBody ;

// ---- what stands in a stack ------------------------------------------------------------------------------------

// Later: `conforms scs.kaas-v1`.
stackBody : '{' ( items+=stackItem ','? )* '}' ;

stackItem
  : annotations+=annotation*
    ( kubernetes=kubernetesLine
    | variable=variableDeclaration
    | letLine=letDeclaration
    | typeLine=typeDeclaration
    | block=stackSection
    | members=group
    | addOnBlock=addOn
    | stagesBlock=stages
    | imageBlock=image
    | imageList=images
    )
  ;

kubernetesLine : 'kubernetes' version=Version facts=record? ;

variableDeclaration : 'variable' label=name ':' declared=typeExpression ( '=' value=expression )? ;

stackSection : keyword=( 'targets' | 'infrastructure' ) body=record ;

group
  : keyword='control-plane' body=groupBody
  | keyword='workers' label=name body=groupBody
  ;

groupBody : '{' ( sections+=section ','? )* '}' ;

section : annotations+=annotation* label=name body=record ;

addOn : 'addon' label=name 'from' chart=expression body=groupBody? ;

stages : 'stages' body=stagesBody ;

stagesBody : '{' ( items+=stage ','? )* '}' ;

stage : annotations+=annotation* hook=name ':' steps=stepList ;

stepList : '[' ( items+=stageStep ','? )* ']' ;

stageStep
  : isDelete='delete'? label=stepName ( 'before' before=record )? ( 'after' after=record )? ;

image : 'image' label=expression body=record ;

images : 'images' list=expression ;

// ---- types -----------------------------------------------------------------------------------------------------

typeExpression : alternatives+=typeAlternative ( '|' alternatives+=typeAlternative )* optional='?'? ;

typeAlternative
  : named=namedType
  | text=String
  | list=listType
  | fields=recordType
  ;

namedType : first=name ( '.' second=name )? args=typeArguments? ;

listType : '[' element=typeExpression ']' args=typeArguments? ;

// `{String: T}` is a map: the tree builder knows it by its only field.
recordType : body=typeFields args=typeArguments? ;

typeFields : '{' ( items+=typeField ','? )* '}' ;

typeField : annotations+=annotation* ( label=name | text=String ) ':' declared=typeExpression ( '=' value=expression )? ;

typeArguments : '(' ( items+=typeArgument ( commas+=',' items+=typeArgument? )* )? ')' ;

typeArgument
  : low=bound range='..' high=bound?
  | range='..' high=bound
  | label=name ( ':' value=expression )?
  ;

bound : sign=Negate? value=( Integer | Decimal ) ;

// ---- values ----------------------------------------------------------------------------------------------------

// In few rules on purpose: what costs time is the number of rules on the way to a name or a literal.
expression
  : choice=conditional
  | cases=matchExpression
  | operands+=operand ( operators+=binaryOperator operands+=operand )*
  ;

conditional : 'if' test=condition 'then' yes=expression 'else' no=expression ;

condition : value=expression ;

matchExpression : 'match' subject=expression body=matchBody ;

matchBody : '{' ( arms+=matchArm ','? )* '}' ;

matchArm : ( wildcard='_' | patterns+=pattern ( '|' patterns+=pattern )* ) '=>' result=expression ;

pattern
  : number=bound
  | value=( String | 'true' | 'false' )
  ;

binaryOperator
  : sign=( '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '??' | '+' | '-' | '*' | '/' | '%' ) ;

operand
  : prefixes+=( '!' | Negate | 'has' )*
    ( value=( Integer | Decimal | String | TextBlock | 'true' | 'false' )
    | reference=name
    | GroupParen inner=expression ')'
    | text=interpolation
    | list=listExpression
    | fields=record
    )
    suffixes+=suffix*
  ;

suffix
  : '.' member=name
  | args=arguments
  ;

arguments : '(' ( items+=expression ','? )* ')' ;

interpolation : head=StringHead values+=expression ( middles+=StringMiddle values+=expression )* tail=StringTail ;

listExpression : '[' ( loop=comprehension | ( items+=listItem ','? )* ) ']' ;

comprehension
  : 'for' first=name ( ',' second=name )? 'in' source=expression ( 'if' test=condition )?
    '{' body=expression '}' ','?
  ;

listItem
  : 'if' test=condition
    ( 'then' yes=expression 'else' no=expression
    | block=listBlock ( 'else' ( chained=listConditional | otherwise=listBlock ) )?
    )
  | cases=matchExpression
  | operands+=operand ( operators+=binaryOperator operands+=operand )*
  ;

listConditional
  : 'if' test=condition block=listBlock ( 'else' ( chained=listConditional | otherwise=listBlock ) )? ;

listBlock : '{' ( items+=listItem ','? )* '}' ;

record : '{' ( entries+=entry ','? )* '}' ;

entry
  : ( label=name | text=String ) ':' value=expression
  | branch=conditionalEntry
  ;

conditionalEntry
  : 'if' test=condition block=record ( 'else' ( chained=conditionalEntry | otherwise=record ) )? ;

// ---- names -----------------------------------------------------------------------------------------------------

name
  : word=( Identifier | 'import' | 'type' | 'stack' | 'on' | 'provider' | 'kubernetes' | 'variable' | 'infrastructure'
         | 'targets' | 'control-plane' | 'workers' | 'addon' | 'from' | 'stages' | 'image' | 'images' | 'as' | '_'
         | 'delete' | 'before' | 'after' )
  ;

// Without the words that have a meaning in a step; the lexer makes them plain names where they cannot have it.
stepName
  : word=( Identifier | 'import' | 'type' | 'stack' | 'on' | 'provider' | 'kubernetes' | 'variable' | 'infrastructure'
         | 'targets' | 'control-plane' | 'workers' | 'addon' | 'from' | 'stages' | 'image' | 'images' | 'as' | '_' )
  ;
