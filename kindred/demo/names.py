"""Names for made-up people: first and family names of many origins, as staff rooms in England have them."""

FIRST = (
    "Aaliyah", "Abena", "Adaeze", "Adrian", "Agnieszka", "Aiden", "Alasdair", "Amara", "Amina", "Andrew", "Aneira",
    "Angela", "Anjali", "Asif", "Ayesha", "Beatriz", "Bethan", "Bilal", "Brendan", "Caoimhe", "Carys", "Catherine",
    "Chidi", "Chloe", "Claire", "Daniel", "Danuta", "David", "Deepa", "Demetrios", "Denise", "Elif", "Elizabeth",
    "Emeka", "Emma", "Ewan", "Farah", "Fatima", "Fiona", "Folake", "Gareth", "Georgia", "Gillian", "Grace",
    "Graham", "Gurpreet", "Hamza", "Hannah", "Harpreet", "Hayley", "Helen", "Hugh", "Ibrahim", "Imogen", "Ioana",
    "Isaac", "Jade", "James", "Jasmine", "Jerome", "Joanne", "John", "Joseph", "Kamal", "Karen", "Katarzyna",
    "Kavita", "Kelechi", "Kevin", "Khadija", "Kieran", "Kwame", "Laura", "Leila", "Leroy", "Lorraine", "Lucia",
    "Malcolm", "Manjit", "Marcus", "Maria", "Mariam", "Mark", "Mei", "Michelle", "Mohammed", "Naomi", "Natasha",
    "Nia", "Nikhil", "Noor", "Olivia", "Oluwaseun", "Owen", "Patrick", "Paul", "Petra", "Philippa", "Priya",
    "Rachel", "Rajesh", "Rebecca", "Rhiannon", "Robert", "Rosalind", "Ruth", "Sadia", "Samuel", "Sanjay", "Sarah",
    "Shanice", "Sian", "Simon", "Siobhan", "Sophie", "Stephen", "Sunita", "Susan", "Tariq", "Tendai", "Teresa",
    "Thomas", "Tomasz", "Tunde", "Usha", "Victoria", "Wei", "Winston", "Yasmin", "Yusuf", "Zainab", "Zanele", "Zoe",
)  # fmt: skip
FAMILY = (
    "Abara", "Adeyemi", "Ahmed", "Akhtar", "Ali", "Anderson", "Appiah", "Armitage", "Ashworth", "Banerjee",
    "Barker", "Begum", "Bell", "Bhatt", "Booth", "Brennan", "Brooks", "Campbell", "Carter", "Chan", "Chaudhry",
    "Clarke", "Cooper", "Crowther", "Das", "Davies", "Dhillon", "Doyle", "Edwards", "Eze", "Farrell", "Fernandes",
    "Firth", "Fletcher", "Garcia", "Gill", "Goldberg", "Grant", "Green", "Gupta", "Hall", "Hardcastle", "Harris",
    "Hassan", "Hill", "Holmes", "Hughes", "Hussain", "Ibrahim", "Iqbal", "Jackson", "James", "Jones", "Kaur",
    "Kelly", "Khan", "Kowalski", "Kumar", "Lam", "Lee", "Lewis", "Lopez", "Mahmood", "Malik", "Marsden", "Mason",
    "McCarthy", "McKenzie", "Mensah", "Miller", "Mistry", "Mitchell", "Moore", "Morgan", "Murphy", "Nasser",
    "Ndlovu", "Nguyen", "Nowak", "O'Connor", "O'Neill", "Obi", "Okafor", "Okonkwo", "Osei", "Owens", "Papadopoulos",
    "Parker", "Patel", "Petrov", "Phillips", "Popescu", "Price", "Rahman", "Reid", "Richards", "Roberts",
    "Robinson", "Rossi", "Russell", "Santos", "Shah", "Sharma", "Shaw", "Sidhu", "Simpson", "Singh", "Smith",
    "Stewart", "Sykes", "Taylor", "Thomas", "Thompson", "Turner", "Van Dijk", "Wainwright", "Walker", "Wang",
    "Ward", "Watson", "Webb", "Whitaker", "White", "Williams", "Wilson", "Wood", "Wright", "Yilmaz", "Young",
    "Zaman",
)  # fmt: skip
