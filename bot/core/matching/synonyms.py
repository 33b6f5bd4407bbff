"""Everyday English words that ask for the same thing, whatever the subject.

One group a line, its first word standing for all. Only words that mostly mean the same belong together: a group says
"may well mean", and the matcher weighs it beside the words themselves, never instead of them. What is special to a
subject belongs into that knowledge's own vocabulary, which comes first.
"""

GROUPS = """
big large huge massive giant enormous
small little tiny mini
fast quick quickly rapid rapidly speedy swift swiftly
slow slowly gradual gradually
speed pace velocity
good great fine decent nice excellent awesome
bad terrible awful poor lousy horrible crap rubbish shit
best ideal optimal perfect top
wrong incorrect mistaken false
right correct proper properly correctly
safe safely safer
dangerous unsafe risky hazardous risk danger hazard
easy simple easier
hard difficult tough tricky harder
strange weird odd funny unusual
important crucial essential key vital
enough sufficient plenty
many lots loads tons numerous
much lot
more extra additional further
less fewer reduce lower decrease reduced cut
most maximum max highest greatest
least minimum min lowest smallest
full complete entire whole completely fully entirely total totally
part partial partially portion half
same identical equal equally alike
different another other alternative differ difference
new fresh latest recent recently
old elderly aged older
begin start starting commence initiate
beginner newbie noob novice starter rookie newcomer
stop quit cease halt end finish
continue keep carry resume
try attempt
need require must necessary needed required
want would wish desire
like love enjoy prefer
help assist assistance support aid
fix repair solve correct remedy mend sort
change alter modify adjust switch swap convert update edit
increase raise boost improve grow up
remove delete erase clear wipe eliminate discard
add include insert append put
make create produce build
buy purchase order acquire bought purchased
sell sold
get obtain receive gain got
give provide supply hand
take grab
use utilize utilise using used
show display present
tell inform say explain describe
speak talk chat
ask question inquire request
answer reply respond
know understand aware
think believe reckon consider feel opinion thoughts
mean meaning definition define
find locate search seek
look see watch view check examine
hear listen
choose select pick decide
recommend suggest advise recommendation suggestion advice tip
compare versus comparison compared
allow permit let allowed
prevent avoid
cancel abort
confirm verify
forget forgot forgotten
remember recall remind
happen occur happening
cause reason make
because since due
result outcome effect consequence
problem issue trouble concern matter
error mistake fault
broken damaged busted destroyed broke
hurt injure damage harm injured
pain ache painful aching sore soreness hurting hurts discomfort tender
sick ill unwell
doctor physician gp medic
job work occupation employment
boss manager supervisor employer
worker employee staff
money cash funds
price cost fee charge rate expense
pay payment paid paying
cheap inexpensive affordable
expensive pricey costly dear
bill invoice
owe owed due
car vehicle auto automobile
road street highway route
trip journey travel travelling traveling vacation holiday
flight plane fly
food meal dish cuisine
eat consume
cook prepare bake
restaurant diner eatery
drink beverage
movie film
song music track tune
photo picture image
phone mobile cellphone telephone cell
call ring dial phone
message text sms
computer laptop pc
internet web online
home house residence
child kid son daughter children baby
person people human folks guys someone somebody
man guy bloke dude men
woman lady girl women female
friend buddy mate pal
mother mom mum
father dad
name called title
place location spot site where
near nearby close closest nearest local
far distant distance
long lengthy
short brief shorter
time moment
now currently presently immediately right
today tonight
soon shortly
later afterwards after
before prior previously earlier
often frequently regularly frequent
always constantly constant
never
again once
usually normally generally typically normal typical usual average
daily everyday
week weekly
month monthly
year yearly annual annually
day days
hour hourly
first initial initially
last final previous past
next following upcoming
between among
under below beneath
over above
top upper
bottom lower base
back rear
front forward
inside within indoors internal
outside external outdoors
open opened
close shut closed
begin
hello hi hey greetings howdy yo
bye goodbye farewell
thanks thank cheers appreciate grateful
please kindly
yes affirmative sure certainly absolutely indeed
no negative
maybe perhaps possibly
true truth fact really actually
lie fake myth false
idea concept
way method manner technique approach
kind type sort variety style
thing stuff item object things items
list
number amount quantity figure count
size dimension
weight heavy
strong powerful strength
weak feeble weakness
tired exhausted fatigued knackered
hot warm
cold chilly cool freezing
wet damp
dry
clean wash
dirty filthy
empty vacant
free available
busy occupied crowded
schedule plan appointment calendar
meeting conference
reserve book reservation booking
rent lease hire
lend borrow loan
save store
lose lost misplace misplaced missing
steal stolen theft robbed
send transfer mail deliver ship sent
arrive come reach arrival coming
leave depart go exit
return back
wait delay await
walk stroll
run jog sprint running
sit seated sitting seat
stand standing stood
lie lay laying lying
lift raise lifting
drop fall falling fell dropped
push press shove pushing pressing
pull drag tug pulling
hold grip grasp
move movement motion moving
turn rotate twist
bend flex bent bending flexed
straight straighten straightened extend extended
deep deeper depth
high higher height tall
wide broad wider width
narrow tight
body physique
exercise workout training train
practice practise rehearse
learn study teach
teacher coach instructor trainer tutor
game play
win beat victory
fun enjoyable
worth worthwhile
useless pointless worthless
useful helpful handy beneficial benefit
better superior
worse inferior
worry worried concerned anxious scared afraid nervous fear
angry mad annoyed
happy glad pleased
sad unhappy
clever smart intelligent
stupid dumb idiot silly daft
pretty quite fairly rather
very super extremely really
only just solely merely
also too
instead rather
together both
alone solo myself
everyone everybody all anybody anyone
nothing none
various several few couple some
double twice two
single one
quarter
language tongue
translate translation
word term phrase
spell spelling
bank banking
account
card
credit
balance
limit cap
insurance
tax taxes
income salary earnings wage wages
vacation pto leave
battery
alarm alert
weather forecast
rain raining
traffic congestion
gas fuel petrol
tire tyre
oil
color colour
center centre
favorite favourite
gray grey
meter metre
freeze block hold suspend
luggage suitcase baggage bag bags
vaccine vaccination shot shots immunization jab
timer countdown stopwatch
todo task chore tasks chores
groceries grocery
spouse husband wife
hobby hobbies pastime
dog dogs puppy
cat cats kitten
robot bot ai artificial
taxi cab uber
loud louder loudly volume
quiet quieter silent
sync pair connect link
nickname alias
recipe recipes
calories calorie kcal
ingredient ingredients
purchases transactions transaction
spend spending spent
routing aba
suspicious fishy shady dodgy
fraud fraudulent scam unauthorized
accident crash collision
repeat reiterate
nutrition nutritional nutrients
fat fats grams
expire expires expired expiration expiry
accept accepted
reject rejected decline declined deny denied
replace replacement substitute substituted
swap exchange
convert conversion
coin penny dime
dice die
joke jokes funny hilarious
born birthday birthdate birth
creator developer programmer maker invented created programmed
origin originate
pin passcode password
direct directions navigate navigation
country nation abroad overseas international internationally foreign
hotel motel lodging accommodation
airport terminal
seat chair
tight tense
rough bumpy
loose slack
stiff rigid
thick dense
skinny thin slim lean
fat overweight obese chubby
muscle muscles muscular
sweat sweating sweaty
breathe breath breathing inhale exhale
swollen swelling swell puffy
numb numbness tingling tingles tingly
click clicking pop popping crack cracking crunch grind grinding snap
burn burning
sharp stabbing
recover recovery heal healing healed
rest resting
stretch stretching stretches
warmup
shake shaky shaking wobble wobbly trembling
balance balanced stable stability
uneven imbalance asymmetry lopsided
angle angles degree degrees
inch inches cm centimetre centimeters centimeter
metres meters
floor ground
shoe shoes trainers sneakers footwear
sock socks
video clip footage youtube tiktok
school college university uni
town city
everywhere anywhere
"""


def groups() -> list[tuple[str, ...]]:
    """Return the groups, each as its words in order; a word that stands in several belongs to the first."""
    return [tuple(line.split()) for line in GROUPS.strip().splitlines() if len(line.split()) > 1]
