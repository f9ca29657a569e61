"""The words of dates in the languages that news is read in. Data only: months, weekdays, labels, zones.

A month name counts only beside a day or a year, so the languages share one dictionary; names that mean
different months in different languages are left out of it.
"""

_MONTHS = (
    # en de fr es pt it nl, sv da nb fi pl cs ro hu tr sl, ru uk el bg, ca id, ar he
    (
        "january januar jänner jaenner janvier enero janeiro gennaio januari tammikuu tammikuuta styczeń"
        " stycznia leden ledna ianuarie január ocak siječnja januarja января січня ιανουαρίου ιανουάριος"
        " януари gener يناير ינואר jan ene gen janv jän sty ian янв jaan янв. γεν ιαν ינו"
    ),
    (
        "february februar feber février fevrier febrero fevereiro febbraio februari helmikuu helmikuuta luty"
        " lutego únor února februarie február şubat veljače februarja февраля лютого φεβρουαρίου φεβρουάριος"
        " февруари febrer فبراير פברואר feb fév fev févr fevr febr lut úno şub фев φεβ פבר"
    ),
    (
        "march märz maerz mars marzo março marco maart marts maaliskuu maaliskuuta marzec marca březen března"
        " martie március mart ožujka марта березня μαρτίου μάρτιος март març maret مارس מרץ mar mär mrz mrt"
        " bře мар μαρ mac"
    ),
    (
        "april avril abril aprile huhtikuu huhtikuuta kwiecień kwietnia duben dubna aprilie április nisan"
        " travnja aprila апреля квітня απριλίου απρίλιος април أبريل ابريل אפריל apr avr abr kwi dub апр απρ"
        " ápr"
    ),
    (
        "may mai mayo maio maggio mei maj toukokuu toukokuuta maja květen května május mayıs svibnja мая"
        " травня μαΐου μαίου μάιος μαΐ μαϊ май maig مايو מאי mag kvě máj"
    ),
    (
        "june juni juin junio junho giugno kesäkuu kesäkuuta czerwiec czerwca červen června iunie június"
        " haziran lipnja junija июня червня ιουνίου ιούνιος юни juny يونيو יוני jun giu cze чер ιουν jún июн"
        " יונ"
    ),
    (
        "july juli juillet julio julho luglio heinäkuu heinäkuuta lipiec lipca červenec července iulie július"
        " temmuz srpnja julija июля липня ιουλίου ιούλιος юли juliol يوليو יולי jul juil lug lip июл ιουλ júl"
    ),
    (
        "august août aout agosto augustus augusti elokuu elokuuta sierpień sierpnia srpen srpna augusztus"
        " ağustos kolovoza avgusta августа серпня αυγούστου αύγουστος август agost agustus أغسطس اغسطس אוגוסט"
        " aug ago aoû sie авг αυγ ağu agu אוג"
    ),
    (
        "september septembre septiembre setiembre setembro settembre syyskuu syyskuuta wrzesień września září"
        " septembrie szeptember eylül rujna septembra сентября вересня σεπτεμβρίου σεπτέμβριος септември"
        " setembre سبتمبر ספטמבר sep sept set wrz zář сен σεπ szept ספט"
    ),
    (
        "october oktober octobre octubre outubro ottobre lokakuu lokakuuta październik października říjen"
        " října octombrie október ekim oktobra октября жовтня οκτωβρίου οκτώβριος октомври أكتوبر"
        " اكتوبر אוקטובר oct okt out ott paź říj окт οκτ eki אוק"
    ),
    (
        "november novembre noviembre novembro marraskuu marraskuuta noiembrie kasım studenoga novembra ноября"
        " listopad listopada листопада νοεμβρίου νοέμβριος ноември نوفمبر נובמבר nov noi kas ноя νοε נוב"
    ),
    (
        "december dezember décembre decembre diciembre dezembro dicembre joulukuu joulukuuta grudzień grudnia"
        " prosinec prosince decembrie aralık prosinca decembra декабря грудня δεκεμβρίου δεκέμβριος декември"
        " desember desembre ديسمبر דצמבר dec dez déc dic gru дек δεκ ara des דצמ"
    ),
)
_IN = "ב"
"""What Hebrew says before a month: 4 in-March."""
MONTHS: dict[str, int] = {
    form: number
    for number, words in enumerate(_MONTHS, start=1)
    for word in words.split()
    for form in ((word, _IN + word) if "א" <= word[0] <= "ת" else (word,))
}
"""Lower-case month names and short forms, to the number of the month."""

_WEEKDAYS = (
    # en de fr es pt it nl, sv da nb fi pl cs ro hu tr, ru uk el, zh ja ko
    "monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag"
    " sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles miercoles jueves"
    " viernes sábado sabado domingo segunda segunda-feira terça terça-feira quarta quarta-feira quinta quinta-feira"
    " sexta sexta-feira lunedì martedì mercoledì giovedì venerdì sabato domenica maandag dinsdag woensdag donderdag"
    " vrijdag zaterdag zondag måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag"
    " maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai poniedziałek wtorek środa czwartek piątek"
    " sobota niedziela pondělí úterý středa čtvrtek pátek neděle luni marți miercuri joi vineri sâmbătă duminică"
    " hétfő kedd szerda csütörtök péntek szombat vasárnap pazartesi salı çarşamba perşembe cuma cumartesi pazar"
    " понедельник вторник среда четверг пятница суббота воскресенье понеділок вівторок середа четвер п'ятниця субота"
    " неділя δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή"
    " пн вт ср чт пт сб вс нд wto śro pią pon sob nie"
    " 星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 周一 周二 周三 周四 周五 周六 周日"
    " 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 월요일 화요일 수요일 목요일 금요일 토요일 일요일"
)
WEEKDAY_WORDS: frozenset[str] = frozenset(
    word[:end] for word in _WEEKDAYS.split() for end in {*range(2, 5), len(word)} if end <= len(word)
)
"""Lower-case names of weekdays, and how these are cut short: a weekday beside a date says nothing new."""

PUBLISHED_LABEL = (
    r"publi(?:shed|sh date|cation date|cado|cada|cato|cata|cação|cación|cazione|é|ée|kováno|kowano)\w*"
    r"|posted(?: on| at| by)?|first published|date published|release[d]? date|date of publication|pubdate"
    r"|veröffentlicht\w*|erschienen|erstellt(?: am)?|eingestellt|verfasst|geschrieben|online seit|stand vom"
    r"|mis en ligne|posté|paru|date de publication|écrit le|creato|pubblicat[oa]|data di pubblicazione"
    r"|data da publicação|fecha de publicación|fecha|postado|gepubliceerd|geplaatst|publicerad|publisert|udgivet"
    r"|opublikowan\w+|data publikacji|dodano|zveřejněno|vydáno|julkaistu|közzétéve|megjelent|yayınlan\w+"
    r"|опубликован\w+|дата публикации|опубліковано|δημοσιεύ\w+|발행|입력|등록|基事|公開|掲載|发布|發布|发表于"
    r"|written|created|added|issued|erscheinungsdatum|beitrag vom|artikel vom|news vom|meldung vom"
)
"""Words before a date that say: this is when it was published."""

MODIFIED_LABEL = (
    r"(?:last |zuletzt |laatst )?(?:updated?|modified|edited|reviewed|changed|revised|amended)(?: on| at)?"
    r"|last update|aktualisiert\w*|letzte (?:änderung|aktualisierung)|zuletzt (?:bearbeitet|geändert|aktualisiert)"
    r"|geändert|bearbeitet|überarbeitet|mis à jour|mise à jour|modifié|maj|dernière modification|actualizad[oa]\w*"
    r"|última actualización|modificad[oa]|atualizad[oa]\w*|última atualização|aggiornat[oa]|ultimo aggiornamento"
    r"|modificat[oa]|bijgewerkt|laatste wijziging|aangepast|uppdaterad|senast (?:ändrad|uppdaterad)|oppdatert"
    r"|opdateret|aktualizováno|aktualizacja|zaktualizowano|обновлен\w+|оновлено|güncellen\w*|päivitetty|수정|更新"
    r"|actualisé|frissítve|modificado|stand"
)
"""Words before a date that say: this is when it was changed."""

EVENT_LABEL = (
    r"deadline|anmeldeschluss|einsendeschluss|teilnahmeschluss|expires?(?: on)?|valid (?:until|from"
    r"|through)|gültig (?:bis|ab)"
    r"|due(?: date| by)|event date|date of event|veranstaltungs(?:datum|termin)|termin|beginn|starts? on|ends? on"
    r"|born(?: on)?|died(?: on)?|geboren(?: am)?|geb\.|gestorben(?: am)?|joined|member since|registered"
    r"|registriert(?: seit)?"
    r"|mitglied seit|dabei seit|beigetreten|accessed(?: on)?|retrieved(?: on)?|abgerufen(?: am)?"
    r"|zugriff(?: am)?|né le|née le"
    r"|nacido el|nato il|date de l.événement|fecha del evento|valable jusqu.au"
    r"|when|wann|quand|cuándo|quando|wanneer|kiedy|když|när|hvornår|когда"
    r"|(?:takes place|opens?|closes?|begins?) on|closes?"
    r"|today is|heute ist|hoy es|oggi è|nous sommes le|сегодня"
    r"|(?:print|paper) edition(?: of)?|edition of|issue of|e-?paper|(?:print)?ausgabe vom"
    r"|édition du|edición del|edizione del"
)
"""Words before a date that say: something else happens or happened then."""

SPAN_LABEL = (
    r"(?<!online )(?:since|seit|depuis|desde|dal|sinds|sedan|siden|until|till?|bis(?: zum)?|jusqu.au|hasta|até"
    r"|fino al|tot|до)"
)
"""Words right before a date that say: something lasts from it or up to it."""

ZONES: dict[str, int] = {
    "z": 0, "utc": 0, "gmt": 0, "bst": 60, "wet": 0, "west": 60, "cet": 60, "mez": 60, "cest": 120,
    "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "ist": 330, "jst": 540, "kst": 540, "hkt": 480,
    "sgt": 480, "awst": 480, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780, "est": -300, "edt": -240,
    "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "brt": -180, "sast": 120,
    "ut": 0, "met": 60, "mest": 120, "acst": 570, "acdt": 630, "adt": -180, "nst": -210, "ndt": -150, "akst": -540,
    "akdt": -480, "hst": -600, "wib": 420, "wita": 480, "pkt": 300, "trt": 180, "clt": -240, "pht": 480,
}  # fmt: skip
"""Zone abbreviations as newsrooms use them, in minutes east of UTC. CST is read as American, IST as Indian."""

MONTH_FIRST_REGIONS = frozenset({"us", "ph", "fm", "pw", "gu", "pr"})
"""Regions that write 3/14/2016."""
