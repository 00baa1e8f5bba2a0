"""Common words: what a person types without it ever being a secret."""

from __future__ import annotations

__all__ = ["COMMON_WORDS", "NOT_A_VALUE"]

NOT_A_VALUE = frozenset(
    """
a about access accepted active actually again all already also always an and another any are as ask asked at available
back bad be because been being better between blank blocked broken but by called can cannot cant case changed changing
clear close closed coming complete completed compromised correct could created current currently deactivated default
denied deprecated different disabled do does doesn't done each easy eight either empty encrypted enabled enough
entered every exactly expired expiring extremely failed fine fixed five for forgotten four free from generated getting
given go going gone good got granted great handled hard hashed have he hello her here hers hidden his how i if ignored
important in incorrect individually initially insecure inside instead into invalid is issued it its it's just kept
kind known later least leaked left like limited located locked long longer lost made managed mandatory may me mine
missing more most must my n/a near needed never new next no non none not nothing now null obvious of off old on once
one only open optional or other our out over passed pending personal please possible present private probably
protected public random really received recorded rejected released replaced required reset restricted revoked right
same saved secure see seen sensitive sent set seven shared she short should shown similar simple six so some someone
something somewhere soon still stolen stored strong such supplied supposed sure temporary ten that the their them then
there these they this those three to today tomorrow too tried true two typed unable unchanged under unique unknown
unlocked until up updated used useful user using usually valid validated verified very via visible was we weak were
what when where whether which who why will wird with within without working would written wrong wurde x yes yet you
your yours abgelaufen falsch nicht noch richtig das der die ein eine für gesperrt zu incorrect incorrecte obligatoire
expiré le la les une un pas trop para por no muy el los incorrecta caducada obligatoria non più è scaduta troppo não
muito expirada incorreta obrigatória не это неверный истёк нужен redacted again policy policies manager prompt field
hash hashes hint box file length rules strength protected authentication
""".split()
)
"""Words that, after "the password is" or "token:", say something about it instead of being it."""

COMMON_WORDS = (
    frozenset(
        """
password passwords passphrase username secret secrets token tokens login logon credentials credential pass passwd pwd
pw pin pins otp passcode ability able above absolute academic accept accident accord according account achieve across
act action activity actual actually add addition additional address adjust administration admit adult advance
advantage advice affair affect afford afraid after afternoon afterwards age agency agenda agent ago agree agreement
ahead air airport album alive allow allowed almost alone along alright although amazing among amount analysis ancient
anger angle angry animal announce annual answer anybody anymore anyone anything anyway anywhere apart apartment
apologies apologize app apparently appeal appear appearance apple application apply appointment appreciate approach
appropriate approve approved april architecture area argue argument arm army around arrange arrangement arrival arrive
arrived article artist asking asleep assess asset assign assigned assist assistance assistant associate assume
assumption attach attached attachment attack attempt attend attention attitude attorney attract audience audio august
author authority automatic autumn availability avenue average avoid award aware away awesome awful baby background bag
balance ball band bank bar base based basic basically basis basket bath bathroom battery battle beach bear beat
beautiful became because become bedroom beer before began begin beginning behavior behind being belief believe bell
belong below bench beneath benefit beside best better beyond bicycle big bill bird birth birthday bit black blame
blind block blood blow blue board boat body boil book booking border bored boring born borrow boss both bother bottle
bottom bought bowl box boy boyfriend brain branch brand bread break breakfast breath breathe bridge brief bright
brilliant bring broad brother brought brown browser brush budget bug build building built bunch burn bus business busy
button buy buyer cable cake calculate calendar call called calling calm came camera camp campaign cancel candidate
capable capacity capital captain car card care career careful carefully carry carrying catch category caught cause
celebrate cell center central century certain certainly chain chair chairman challenge chance change channel chapter
character characteristic charge charity chart chat cheap check checked checking cheese chicken chief child childhood
children chocolate choice choose chosen christmas church circle circumstance citizen city civil claim class classes
classic clean clearly clever click client climate climb clock close closely clothes cloud club coach coast coat code
coffee cold collaborate collapse colleague colleagues collect collection college color colour column combine come
comfort comfortable command comment commercial commission commit commitment committee common communicate communication
community company compare comparison compete competition complaint complex component computer concentrate concept
concern concerned concert conclude conclusion condition conduct conference confidence confident confirm confirmed
conflict confused connect connected connection consequence consider considerable consideration consist constant
construct construction consult consumer contact contain container contemporary content contents context continue
contract contrast contribute contribution control convenient conversation convert convince cook cookie cooking cool
copies copy corner corporate cost costs cotton council count counter country county couple courage course court cover
cream create creative credit crew crime criminal crisis criteria critical criticism cross crowd cruel cry cultural
culture cup curious currency curtain curve custom customer customers cut cycle dad daily damage dance danger dangerous
dark data database date daughter day days dead deal dear death debate debt decade december decide decided decision
deep deeply defeat defend define definitely definition degree delay delete deliver delivered delivery demand democracy
demonstrate department depend dependent deposit depth describe description desert deserve design designer desire desk
desktop despite destroy detail detailed details detect determine develop developer development device dialog did
didn't die diet difference difficult difficulty digital dinner direct direction directly director directory dirty
disagree disappear disappointed disaster discipline discount discover discovery discuss discussed discussion disease
dish display distance distinct distribute district divide division doctor document documents dog dollar dollars domain
don't done door double doubt down download downtown dozen draft drag drama draw drawing dream dress drink drive driver
driving drop drove drug dry due during dust duty each ear earlier early earn earth ease easier easily east eastern eat
eating economic economy edge edit edition editor education effect effective efficient effort egg eight either elect
election electric electricity electronic element eleven else elsewhere email emails embarrassed emergency emotion
emotional emphasis employ employee employees employer employment enable encounter encourage end ended enemy energy
engage engine engineer engineering enhance enjoy enjoyed enormous ensure enter entire entirely entrance entry
environment environmental equal equipment error errors escape especially essay essential establish estate estimate
evaluate even evening event events eventually ever every everybody everyone everything everywhere evidence evil evolve
exact exam examine example excellent except exception exchange excited exciting excuse execute executive exercise
exist existence existing exit expand expect expected expense expensive experience experiment expert explain explained
explanation explore explosion export expose express expression extend extension extent external extra extreme eye eyes
face facility fact factor factory fail failure fair fairly faith fall false familiar family famous fan fancy fantastic
far farm farmer fashion fast fat father fault favor favorite favourite fear feature features february federal fee feed
feedback feel feeling feet fell fellow felt female festival fetch few field fifteen fifth fifty fight figure file
files fill film filter final finally finance financial find finding finger finish finished fire firm first fish fit
five fix flag flat flavor flight float floor flow flower fly focus fold folder folk follow followed following food
foot football force foreign forest forever forget forgive forgot fork form formal format former formula forth fortune
forty forum forward found foundation fourth frame framework free freedom freeze french fresh friday friend friendly
friends front fruit fuel full fully fun function fund fundamental funny furniture further future gain gallery game
games gap garage garden gas gate gather gave gay gear gender gene general generally generate generation generous
gentle gentleman get gift girl girlfriend give glad glass global goal god gold golden golf gone good goodbye google
got government grab grade gradually graduate grand grandfather grandmother grant grass gray great greatest green greet
grey grocery ground group groups grow growing growth guarantee guard guess guest guide guilty guitar gun guy guys
habit hair half hall hand handle hands hang happen happened happening happens happily happy hardly hardware harm hat
hate head headache header health healthy hear heard hearing heart heat heavily heavy height held hell hello help
helped helpful hence herself hesitate hey high higher highlight highly highway hill himself hire historic history hit
hold holding hole holiday holidays holy home homework honest honestly honey honor hope hopefully hoping horrible horse
hospital host hot hotel hour hours house household housing however huge human humor hundred hung hungry hunt hurry
hurt husband ice idea ideal ideas identify identity ignore ill illegal illness image images imagine immediate
immediately impact implement implementation implication imply import importance impossible impress impression
impressive improve improvement inch incident include included including income increase increased indeed independent
index indicate individual industry infection influence inform information initial initiative injury inner input
inquiry insert insight insist inspire install installed instance instant institution instruction instructions
instrument insurance integrate intellectual intelligence intend intense intention interest interested interesting
interior internal international internet interpret interview introduce introduction invent invest investigate
investigation investment investor invitation invite invited invoice involve involved iron island isn't issue issues
item items itself jacket january jeans job jobs join joined joint joke journal journey joy judge juice july jump june
junior jury just justice justify keen keep keeping kept key keyboard kick kid kids kill kind kindly king kitchen knee
knew knife knock know knowing knowledge label labor laboratory lack lady lake land landscape language laptop large
largely laser last lastly late lately latest laugh launch law lawyer lay layer layout lazy lead leader leadership
leading leaf league lean learn learned learning leather leave leaving lecture led legacy legal legend lemon lend less
lesson let letter letters level levels liberal library license lie life lift light likely limit line lines link links
lip list listen listening literally literature little live lived living load loan local location lock log logic login
logo london lonely look looked looking looks loose lord lose loss lost lot lots loud love loved lovely lover lower
luck lucky lunch luxury machine magazine magic mail main mainly maintain maintenance major majority make maker makes
making male mall man management manager managers manual manufacturer many map march margin mark market marketing
marriage married marry mass massive master match material materials math matter maximum maybe mayor meal mean meaning
means meant meanwhile measure meat mechanism media medical medicine medium meet meeting meetings member members
membership memory mental mention mentioned menu mercy mere merely merge merry mess message messages met metal method
methods middle midnight might mile military milk million mind minimum minister minor minority minute minutes mirror
miss mission mistake mix mixed mixture mobile mode model modern modest modify mom moment monday money monitor monkey
month monthly months mood moon moral moreover morning mostly mother motion motor mountain mouse mouth move moved
movement movie movies moving much multiple murder muscle museum music musical mutual myself mystery naked name names
narrow nation national native natural naturally nature near nearby nearly neat necessarily necessary neck need
negative neighbor neighborhood neither nervous net network nevertheless newer newly news newspaper nice night nights
nine nobody noise none noon nor normal normally north northern nose note notebook notes nothing notice notify novel
november now nowhere nuclear number numbers numerous nurse object objective observe obtain obviously occasion
occasionally occupy occur ocean october odd offer offered office officer official often oil okay older online onto
opening opens operate operation opinion opinions opponent opportunity oppose opposite option options orange order
ordered orders ordinary organic organization organize origin original originally other others otherwise ought
ourselves outcome outer output outside outstanding oven overall overcome owe own owner pace pack package page pages
paid pain paint painting pair palace pale panel panic paper papers paragraph parent parents park parking part
participant participate particular particularly partly partner party passage passenger passion past paste path
patience patient patients pattern pause pay payment payments peace peak peer pen penalty pencil people pepper percent
percentage perfect perfectly perform performance perhaps period permanent permission permit person personality
personally perspective phase phenomenon philosophy phone photo photograph photos phrase physical piano pick picked
picking picture pictures piece pieces pile pilot pink pipe pitch pizza place placed places plain plan plane planet
planned planning plant plastic plate platform play played player players playing pleasant pleased pleasure plenty plus
pocket poem poet poetry point points pole police political politics poll pool poor pop popular population port portion
position positive possess possibility possibly post potato potential pound pour power powerful practical practice pray
precise predict prefer preference pregnant prepare prepared presence presentation preserve president press pressure
presumably pretend pretty prevent previous previously price prices pride primary prime principal principle print
printer prior priority prison prize probably problem problems procedure proceed process processing produce producer
product production products profession professional professor profile profit program programs progress project
projects promise promote proof proper properly property proposal propose protect protection proud prove provide
provided provider province psychology publication publicly publish pull purchase pure purple purpose purse pursue push
put putting qualify quality quantity quarter queen query question questions queue quick quickly quiet quietly quit
quite quote race racing radio rail rain raise raised ran random range rank rapid rapidly rare rarely rate rather ratio
raw reach react reaction read reader readily reading ready real reality realize realized reason reasonable reasons
recall receipt receive recent recently recipe recognize recommend recommendation record recover red reduce refer
reference reflect refresh refuse regard regarding regards region register registration regret regular regularly reject
relate related relation relationship relative relatively relax release relevant reliable relief religion religious
rely remain remaining remains remember remembered remind reminder remote remove removed rent repair repeat replace
reply report reported reports represent republic reputation request requests require requirement requirements research
reservation reserve resident resist resolve resource resources respect respond response responsibility responsible
rest restaurant restore result results resume retain retire return returned reveal revenue review reviews revolution
rice rich rid ride ridiculous ring rise risk river road rock role roll romantic roof room rooms root rough roughly
round route routine row royal rubber ruin rule run runner running rural rush sad safe safety said sail salad salary
sale sales salt sample sand sandwich sat satisfied satisfy saturday sauce save saving saw say saying says scale scan
scared scenario scene schedule scheduled scheme scholar school schools science scientific scientist scope score screen
script sea search season seat second secretary section sector security seek seem seemed seems segment select selected
selection self sell seller send sending senior sense sentence separate september sequence series serious seriously
serve server service services session setting settings settle seven several severe sex shade shadow shake shall shape
share sharp she'll sheet shelf shell shift shine ship shipped shipping shirt shock shoe shoes shoot shop shopping
shore short shortly shot shoulder shout showed shower shows shut shy sick side sight sign signal signature significant
silence silent silly silver similarly simply since sing singer single sister sit site sites sitting situation sixteen
sixty size skill skills skin skip sky sleep slice slide slight slightly slip slow slowly small smart smell smile smoke
smooth snow social society soft software soil solar sold soldier solid solution solve somebody somehow sometimes
somewhat son song songs sort soul sound sounds soup source south southern space spare speak speaker special specialist
species specific specifically specify speech speed spell spend spent spirit spiritual split spoke sport sports spot
spread spring square stable staff stage stair stand standard standing star stare stars start started starting starts
state statement states station statistics status stay stayed steady steal steel step steps stick stomach stone stood
stop stopped storage store stories storm story straight strange stranger strategic strategy stream street stress
stretch strict strike string strip stroke structure struggle student students studio study studying stuff stupid style
subject submit submitted subsequent substance substantial succeed success successful successfully sudden suddenly
suffer sufficient sugar suggest suggested suggestion suit suitable summary summer sun sunday sunny super supply
support supports suppose surely surface surgery surprise surprised surprising surround survey survive suspect swear
sweet swim swimming switch symbol symptom system systems table tail take taken takes taking tale talent talk talked
talking tall tank tape target task tasks taste taught tax taxes tea teach teacher teachers teaching team teams tear
technical technique technology teeth telephone television tell telling temperature template tend tendency tennis
tension term terms terrible test testing tests text thank thanks theater theatre theirs theme themselves theory
thereby therefore thick thin thing things think thinking thinks third thirty though thought thoughts thousand thread
threat threaten throat through throughout throw thursday thus ticket tickets tie tight till time times tiny tip tired
title tone tonight tool tools tooth top topic total totally touch tough tour tourist toward towards tower town track
trade tradition traditional traffic train training transfer transform transition translate transport travel treat
treatment tree trees trial trick trip trouble truck truly trust truth trying tuesday tune turn turned turning twelve
twenty twice twin twist type types typical typically ugly ultimate ultimately unfortunately uniform union unit united
units universe university unless unlike unlikely unusual upcoming update updates upgrade upload upon upper upset
upstairs urban urge urgent usage usual usually vacation valley valuable value values variable variety various vary
vast vegetable vehicle version versions versus victim victory video view views village violence vision visit visitor
visual vital voice volume voluntary volunteer vote wage wait waited waiting wake walk walked walking wall want wanted
wants war warm warn warning wash waste watch watched watching water wave way ways wealth weapon wear weather web
website wedding wednesday week weekend weekly weeks weight weird welcome well went west western wet whatever wheel
whenever whereas wherever whether while white whole whom whose wide widely wife wild willing win wind window windows
wine wing winner winter wire wisdom wise wish wonder wonderful wondering wood wooden word words wore work worked
worker workers working works workshop world worried worry worse worst worth wouldn't wow write writer writing wrote
yard yeah year years yellow yesterday young younger yourself youth zero zone
""".split()
    )
    | NOT_A_VALUE
)
"""Words so frequent that one of them alone is never learned as a secret (L3 of the redaction core)."""
